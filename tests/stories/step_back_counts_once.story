story  A deal that goes back and returns is counted once in the funnel        # 退回再推进，漏斗只计一次

on 2026-03-02  李雷
  opens       deal 维保续签  account 华兴机械  amount 36,000 CNY
  advances    维保续签
  advances    维保续签

on 2026-03-05  李雷
  steps back  维保续签  to first_contact                     refused: reason required
  steps back  维保续签  to first_contact  reason 联系人离职，需重新接触

on 2026-03-06  李雷
  advances    维保续签

expect passages of 维保续签  order entered_at
  stage         | how   | left_by | first_visit
  identify      | moved | forward | yes
  first_contact | moved | forward | yes
  needs         | moved | back    | yes
  first_contact | moved | forward | no
  needs         | moved |         | no

expect funnel  as 韩梅梅
  stage         | entered | passed | open_now
  identify      | 1       | 1      | 0
  first_contact | 1       | 1      | 0
  needs         | 1       | 0      | 1
