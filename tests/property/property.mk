TESTS += tests/property/rule_order.py
EXTRA_DIST += tests/property/rule_order.py
