story  A deal won by mistake is reopened by the manager and lost for its reason        # 误点赢单

on 2026-03-02  李雷
  opens    deal 华兴三期  account 华兴机械  amount 600,000 CNY

on 2026-03-12  李雷
  wins     华兴三期
on 2026-03-13  李雷
  reopens  华兴三期  reason 点错了                           refused: forbidden
on 2026-03-13  韩梅梅
  reopens  华兴三期  reason 李雷误点，合同未签
  reopens  华兴三期  reason 再来一次                         refused: record_open

expect deal 华兴三期  as 李雷
  outcome | closed_on | cycle_days | stage
  open    |           |            | identify

on 2026-03-20  李雷
  loses    华兴三期  loss_reason 价格太贵                    refused: loss_reason unknown_choice
  loses    华兴三期  loss_reason 价格  note 对手低两成  competitor 东方精机

expect deal 华兴三期
  outcome | loss_reason | loss_note  | competitor | closed_on  | cycle_days
  lost    | 价格        | 对手低两成 | 东方精机   | 2026-03-20 | 18

# The passage ends once, as it ended last.
expect passages of 华兴三期  order entered_at
  stage    | left_by | first_visit
  identify | won     | yes
  identify | lost    | no
expect query deals  group outcome  measures n = count(), value = sum(amount)
  outcome | n | value
  lost    | 1 | 600,000.00 CNY
