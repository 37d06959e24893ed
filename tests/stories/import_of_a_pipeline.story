story  A company brings its real pipeline and can take it back                 # 导入真实商机并可整体撤销
needs  data maven_crm

on 2026-05-06  admin
  imports  tests/plans/maven_crm.yaml  from maven_crm  dry run
    created deals 8800, accounts 85, products 7

expect count of deals
  0

on 2026-05-06  admin
  imports  tests/plans/maven_crm.yaml  from maven_crm
    created deals 8800, accounts 85, products 7

expect query deals  group outcome  measures n = count(), value = sum(amount)  order outcome
  outcome | n    | value
  open    | 2089 |
  won     | 4238 | 10,005,534.00 CNY
  lost    | 2473 | 0.00 CNY
expect count of deals where outcome = "open" and account is null
  1425
expect count of deals where opened_on is null
  500
expect count of deals where loss_reason = "unknown_imported"
  2473
expect count of deals where product.name = "GTX Pro"
  1480

# The same files again change nothing: every row is known by its key.
on 2026-05-07  admin
  imports  tests/plans/maven_crm.yaml  from maven_crm
    created deals 0, accounts 0, products 0
  undoes   the first import

expect count of deals
  0
