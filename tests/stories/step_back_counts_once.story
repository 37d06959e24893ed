story  A deal that goes back and returns is counted once in the funnel        # 退回再推进，漏斗只计一次

on 2026-03-02  李雷
  opens       deal 维保续签  account 华兴机械  amount 36,000 CNY  stage first_contact
  logs        activity 回访  kind call  deal 维保续签  done yes
  advances    维保续签

on 2026-03-05  李雷
  steps back  维保续签  to first_contact                     refused: reason required
  steps back  维保续签  to first_contact  reason 联系人离职，需重新接触
  advances    维保续签

# Naming the entry stage wrote the earlier one as inferred.
expect passages of 维保续签  order entered_at
  stage         | how
  identify      | inferred
  first_contact | moved
  needs         | moved
  first_contact | moved
  needs         | moved

expect funnel  as 韩梅梅
  stage         | entered | passed | open_now
  identify      | 1       | 1      | 0
  first_contact | 1       | 1      | 0
  needs         | 1       | 0      | 1
