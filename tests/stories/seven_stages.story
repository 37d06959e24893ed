story  A deal climbs the seven stages, one at a time, and each gate holds     # 七个阶段逐级推进

on 2026-03-02  李雷
  opens     deal 车床改造  account 华兴机械
  advances  车床改造  to needs                               refused: stage_skip
  advances  车床改造

on 2026-03-03  李雷
  logs      activity 首次电话  kind call  deal 车床改造  outcome neutral  state done
  advances  车床改造

# Needs analysis is left only with an amount; who decides is asked for, and does not stop anybody.
on 2026-03-10  李雷
  advances  车床改造                                         refused: amount gate_unmet
  changes   车床改造  amount 480,000 CNY  decision_maker 吴倩
  advances  车床改造

# The solution is left only when it is known when to decide.
on 2026-03-16  李雷
  advances  车床改造                                         refused: expected_on gate_unmet
  changes   车床改造  expected_on 2026-04-30  product 数控车床
  advances  车床改造

expect deal 车床改造
  stage        | outcome | win_share
  presentation | open    | 0.55

expect passages of 车床改造  order entered_at
  stage         | how   | entered_at       | left_at          | left_by
  identify      | moved | 2026-03-02 09:00 | 2026-03-02 09:00 | forward
  first_contact | moved | 2026-03-02 09:00 | 2026-03-03 09:00 | forward
  needs         | moved | 2026-03-03 09:00 | 2026-03-10 09:00 | forward
  solution      | moved | 2026-03-10 09:00 | 2026-03-16 09:00 | forward
  presentation  | moved | 2026-03-16 09:00 |                  |
