story  A deal climbs the seven stages, one at a time, and each gate holds     # 七个阶段逐级推进

on 2026-03-02  李雷
  opens     deal 车床改造  account 华兴机械  amount 480,000 CNY
  advances  车床改造  to needs                               refused: to no_skipping
  advances  车床改造  to first_contact

# First contact is left only after somebody was spoken to.
on 2026-03-03  李雷
  advances  车床改造                                         refused: gate_unmet
  logs      activity 首次电话  kind call  deal 车床改造  outcome 已接通  done yes
  advances  车床改造

# Needs analysis is left only when it is known who decides.
on 2026-03-10  李雷
  advances  车床改造                                         refused: decision_maker gate_unmet
  changes   车床改造  decision_maker 吴倩  need_confirmed yes
  advances  车床改造

expect deal 车床改造
  stage    | outcome
  solution | open

expect passages of 车床改造  order entered_at
  stage         | how   | entered_at       | left_at
  identify      | moved | 2026-03-02 09:00 | 2026-03-02 09:00
  first_contact | moved | 2026-03-02 09:00 | 2026-03-03 09:00
  needs         | moved | 2026-03-03 09:00 | 2026-03-10 09:00
  solution      | moved | 2026-03-10 09:00 |
