// The scene of one story: the house it plays in, who is who, and what each name stands for.
import { adminEmail } from '../../served/house.mjs';
import { StoryError } from './language.mjs';

const quoted = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

export class Scene {
    #named = new Map();                                  // name → [{object, id}]

    constructor(house, words) {
        Object.assign(this, { house, words, objects: new Map(), member: 'admin', imports: [], at: null });
    }

    async learn() {
        const { body } = await this.call('admin', 'GET', '/describe');
        this.objects = new Map(body.objects.map((object) => [object.name, object]));
        this.plurals = new Map(body.objects.map((object) => [object.plural, object]));
    }

    moveTo(at) {
        this.at = at;
        this.house.setTime(at);
    }

    email(member) {
        if (member === 'admin') return adminEmail;
        const email = this.#named.get(member)?.find((one) => one.object === 'member')?.email;
        if (!email) throw new StoryError(undefined, `there is no member ${member} in the cast`);
        return email;
    }

    call(member, method, ask, json, headers) { return this.house.call(this.email(member), method, ask, json, headers); }

    object(line, name) {
        const object = this.objects.get(name) ?? this.plurals?.get(name);
        if (!object) throw new StoryError(line, `there is no object "${name}"`);
        return object;
    }

    learnName(line, name, object, id, email) {
        const known = this.#named.get(name) ?? [];
        if (known.some((one) => one.object === object)) throw new StoryError(line, `there is another ${object} ${name} in this story`);
        this.#named.set(name, [...known, { object, id, email }]);
    }

    // What a name stands for: said in this story, or made by the product meanwhile. The administrator sees all of them.
    async find(line, object, name) {
        const known = (this.#named.get(name) ?? []).filter((one) => !object || one.object === object);
        if (known.length > 1) throw new StoryError(line, `${name} is ${known.map((one) => one.object).join(' and ')}; say which`);
        if (known.length === 1) return known[0];
        const places = object ? [this.object(line, object)] : [...this.objects.values()].filter((one) => one.searchable);
        for (const place of places) {
            const filter = encodeURIComponent(`${place.name_field} = ${quoted(name)}`);
            const { body } = await this.call('admin', 'GET', `/${place.plural}?limit=2&filter=${filter}`);
            if (body?.data?.length === 1) return { object: place.name, id: body.data[0].id };
        }
        return null;
    }

    async must(line, object, name) {
        const found = await this.find(line, object, name);
        if (!found) throw new StoryError(line, `nothing is called ${object ? `${object} ` : ''}${name}`);
        return found;
    }

    // "deal 华兴一期" or the name alone.
    async target(line, text) {
        const [first, ...rest] = text.split(' ');
        if (rest.length && this.objects.has(first)) return this.must(line, first, rest.join(' '));
        return this.must(line, null, text);
    }

    path({ object, id }) { return `/${this.objects.get(object).plural}/${id}`; }
}
