"""The homologated design system: components, layout, charts and the gallery that shows them."""
