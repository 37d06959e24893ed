story  A deal that stands too long is marked, and a lost one may come back with a reason   # 停滞与重开

on 2026-03-02  李雷
  opens  deal 华兴二期  account 华兴机械  amount 200,000 CNY

# Identify has a limit of 3 working days: from Monday 2 March it lasts through Thursday.
expect count of deals where stalled_since <= today()  on 2026-03-05
  0
expect count of deals where stalled_since <= today()  on 2026-03-06
  1

on 2026-03-09  李雷
  loses  华兴二期  loss_reason price

expect count of deals where outcome = "open" and stalled_since <= today()
  0

# Reopening is the manager's to decide, and needs a reason.
on 2026-03-10  李雷
  reopens  华兴二期  reason 客户重新招标                     refused: forbidden
on 2026-03-10  韩梅梅
  reopens  华兴二期                                          refused: reason required
  reopens  华兴二期  reason 客户重新招标

expect deal 华兴二期
  outcome | loss_reason | closed_on | stage
  open    |             |           | identify
