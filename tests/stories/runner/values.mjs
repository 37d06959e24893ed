// Values as people write them, to and from the wire.
const plainNumber = (text) => text.replaceAll(',', '');

function keyOf(field, text) {
    const choice = (field.choices ?? []).find((one) => [one.key, one.label.zh, one.label.en].includes(text));
    return choice ? choice.key : text;
}

const writers = {
    money: (text) => {
        const [amount, currency] = text.split(' ');
        return currency ? { amount: plainNumber(amount), currency } : plainNumber(amount);
    },
    number: (text) => Number(plainNumber(text)),
    share: (text) => Number(text),
    boolean: (text) => ({ yes: true, no: false })[text] ?? text,
    choice: (text, field) => keyOf(field, text),
    choices: (text, field) => text.split(',').map((part) => keyOf(field, part.trim())),
    address: (text) => ({ detail: text }),
    instant: (text) => (/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text) ? new Date(`${text.replace(' ', 'T')}:00+08:00`).toISOString() : text),
};

// `field` as describe tells it, or undefined for a name the product does not know: it must refuse that itself.
// `idOf(object, name)` finds what a reference names.
export async function toWire(field, text, idOf) {
    if (text === 'null') return null;
    if (field?.type === 'reference') return idOf(field.target, text);
    return writers[field?.type]?.(text, field) ?? text;
}

const twoDigits = (n) => String(n).padStart(2, '0');
function localTime(iso) {
    const at = new Date(Date.parse(iso) + 8 * 3_600_000);
    const date = `${at.getUTCFullYear()}-${twoDigits(at.getUTCMonth() + 1)}-${twoDigits(at.getUTCDate())}`;
    return `${date} ${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())}`;
}

function withCommas(amount) {
    const [whole, rest] = amount.split('.');
    return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
}

// What a cell of an expectation would say of this value; null is the empty cell.
export function inWords(value) {
    if (value === null || value === undefined) return '';
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if (Array.isArray(value)) return value.map(inWords).join(', ');
    if (typeof value === 'object') return 'currency' in value ? `${withCommas(value.amount)} ${value.currency}` : (value.name ?? value.detail ?? JSON.stringify(value));
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return localTime(value);
    return String(value);
}

// Does the cell say this value? A choice may be said by its label, a number with commas.
export function says(cell, value, field) {
    const got = inWords(value);
    return cell === got || (field?.choices && keyOf(field, cell) === value) || (typeof value === 'number' && plainNumber(cell) === got);
}
