import styles from './person.module.css';

// What goes, what stays, what is in it.
export function Lines({ head, lines }: { head: string; lines: string[] }) {
  return (
    <section className={styles.part}>
      <h3>{head}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
