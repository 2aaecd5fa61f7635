"""The guide through the steps, as states and events; no clock and no keyboard."""
