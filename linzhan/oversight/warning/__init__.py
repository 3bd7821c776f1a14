"""Early warning: rules as data, one set-based question each, and the alerts that come of them."""
