story  The same phone or the same name is noticed on entry, across what one may see    # 录入查重

on 2026-03-02  孙小美
  creates  account 华兴机械设备  phone 0512-66009999
  creates  account 苏州宏达电子  phone 0512-77001234
  creates  account 宏达电子苏州工厂  phone 0512-77001234      duplicates: 苏州宏达电子
  creates  contact 钱多多  account 苏州宏达电子  mobile 13700030003
  creates  contact 钱先生  mobile 13700030003                duplicates: 钱多多

# A key that must be unique is refused, not only noticed.
on 2026-03-02  admin
  creates  product 数控车床二代  code CNC-100                refused: code duplicate_key
  creates  product 数控车床二代  code CNC-200

expect products where code starts_with "CNC"  order code
  name         | code
  数控车床     | CNC-100
  数控车床二代 | CNC-200
