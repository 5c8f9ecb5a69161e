"""Settings: the only reader of tingfeng.toml and of the TINGFENG_ variables."""

from streams.settings.errors import SettingsError
from streams.settings.load import Loaded, load, load_here, read
from streams.settings.sections import Settings, Subscription

__all__ = ["Loaded", "Settings", "SettingsError", "Subscription", "load", "load_here", "read"]
