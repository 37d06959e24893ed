import { type CalendarDate, parseAbsolute, parseDate, type ZonedDateTime } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Calendar, CalendarCell, CalendarGrid } from 'react-aria-components/Calendar';
import { DateInput as Segments, DateSegment } from 'react-aria-components/DateField';
import { DatePicker as AriaDatePicker, type DateValue } from 'react-aria-components/DatePicker';
import { Dialog } from 'react-aria-components/Dialog';
import { Group } from 'react-aria-components/Group';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { classes } from '../classes.ts';
import fields from '../field/field.module.css';
import { FieldLabel, FieldTail } from '../field/text-input.tsx';
import { Arm } from '../popover/arm.tsx';
import floats from '../popover/popover.module.css';
import type { DateInputProps } from './date-props.ts';
import styles from './date.module.css';

function read(value: string | null, withTime: boolean | undefined, zone: string): DateValue | null {
  if (!value) return null;
  try {
    return withTime ? parseAbsolute(value, zone) : parseDate(value.slice(0, 10));
  } catch {
    return null;
  }
}

export function DatePicker(props: DateInputProps) {
  const { label, help, error, value, onChange, withTime, timeZone = 'Asia/Shanghai', ...rest } = props;
  const write = (next: DateValue | null) => {
    if (!next) return onChange(null);
    if (!withTime) return onChange((next as CalendarDate).toString());
    return onChange((next as ZonedDateTime).toDate().toISOString().replace('.000Z', 'Z'));
  };
  return (
    <AriaDatePicker
      {...rest}
      value={read(value, withTime, timeZone)}
      onChange={write}
      granularity={withTime ? 'minute' : 'day'}
      hourCycle={24}
      hideTimeZone
      shouldForceLeadingZeros
      firstDayOfWeek="mon"
      isInvalid={!!error}
      validationBehavior="aria"
      className={fields.field}
    >
      <FieldLabel label={label} required={rest.isRequired} />
      <Group className={classes(fields.input, styles.group)}>
        <Segments className={styles.segments}>
          {(segment) => <DateSegment segment={segment} className={styles.segment} />}
        </Segments>
        <Button className={styles.button}>
          <CalendarDays size={14} aria-hidden="true" />
        </Button>
      </Group>
      <FieldTail help={help} error={error} />
      <Popover className={classes(floats.popover, floats.sheet)}>
        <Arm />
        <Dialog className={floats.body}>
          <Calendar firstDayOfWeek="mon">
            <header className={styles.head}>
              <Button slot="previous" className={styles.button}>
                <ChevronLeft size={16} aria-hidden="true" />
              </Button>
              <Heading className={styles.month} />
              <Button slot="next" className={styles.button}>
                <ChevronRight size={16} aria-hidden="true" />
              </Button>
            </header>
            <CalendarGrid className={styles.grid}>
              {(date) => <CalendarCell date={date} className={styles.cell} />}
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  );
}
