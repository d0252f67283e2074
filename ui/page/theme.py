"""The look that Gradio's own parts have; sizes follow the root's, so that text can be enlarged."""

from typing import Any, Final

import gradio as gr

_TEXT: Final = {
    "xxs": "0.75rem", "xs": "0.8rem", "sm": "0.9rem", "md": "1rem", "lg": "1.1rem",
    "xl": "1.3rem", "xxl": "1.6rem",
}  # fmt: skip
_BLUE: Final = gr.themes.Color(
    name="mattra", c50="#f0f6fb", c100="#dceaf5", c200="#b9d5ea", c300="#8cc4f5", c400="#4f97cd",
    c500="#1f6fae", c600="#0b4f8a", c700="#0a4477", c800="#083860", c900="#062a49", c950="#041c31",
)  # fmt: skip


def theme() -> Any:
    """Return the theme, its Thai font served from here."""
    made = gr.themes.Default(
        primary_hue=_BLUE, neutral_hue="slate", text_size=gr.themes.Size(**_TEXT),
        radius_size="sm", spacing_size="lg",
        font=[gr.themes.Font("Sarabun"), "sans-serif"], font_mono=["monospace"],
    )  # fmt: skip
    return made.set(
        body_background_fill="white", body_background_fill_dark="#10161d",
        block_background_fill_dark="#18212b", input_background_fill_dark="#0f151b",
        body_text_color="#1f2933", body_text_color_dark="#e8edf2",
        body_text_color_subdued="#52606d", body_text_color_subdued_dark="#b8c2cc",
        block_label_text_color="#1f2933", block_title_text_color="#1f2933",
        block_info_text_color="#52606d", block_info_text_color_dark="#b8c2cc",
        input_placeholder_color="#5f6c79", input_placeholder_color_dark="#a3afbb",
        input_border_color="#7b8794", input_border_color_dark="#6b7885",
        button_primary_background_fill="#0b4f8a", button_primary_background_fill_hover="#083860",
        button_primary_background_fill_dark="#1f6fae",
        button_primary_background_fill_hover_dark="#0b4f8a",
        button_primary_text_color="white", button_primary_text_color_dark="white",
        block_border_width="0px", block_shadow="none",
    )  # fmt: skip
