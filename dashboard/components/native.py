"""Controls of the browser itself, for parts of the page that are sent as text."""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development.base_component import Component


class Input(Component):
    """A slider, a number box or a button of a choice, as `<input>`; properties are called as in HTML."""

    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = ["children"]
    _namespace = "dashboard"
    _type = "Input"

    def __init__(self, **properties: Any) -> None:
        self._prop_names = [*properties]
        self._valid_wildcard_attributes = ["data-", "aria-"]
        self.available_properties = self._prop_names
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(**properties)
