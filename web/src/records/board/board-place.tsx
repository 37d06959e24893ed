import { Skeleton } from '../../ui/empty/empty.tsx';
import styles from './board.module.css';

// Keeps the columns' place until they are read.
export function BoardPlace() {
  return (
    <div className={styles.board} aria-hidden="true">
      <div className={styles.columns}>
        {Array.from({ length: 6 }, (_, at) => (
          <div key={at} className={styles.column}>
            <div className={styles.bones}>
              <Skeleton lines={2} />
              <Skeleton lines={4} />
              <Skeleton lines={4} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
