"""The widget that shows a changing picture: the kernel sends SVG, the browser an image."""

import anywidget
from traitlets import Bool, Unicode

BROWSER = """
function render({ model, el }) {
  const image = document.createElement("img"), row = document.createElement("div");
  const stop = document.createElement("button"), note = document.createElement("span");
  let stopped = false;
  const show = () => {
    el.style.display = model.get("over") ? "none" : "";
    note.textContent = model.get("note");
    if (stopped) return;
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(model.get("svg"));
    image.alt = model.get("sentence");
  };
  stop.textContent = "Stop watching";
  stop.title = "The picture stands still; the run goes on.";
  stop.onclick = () => {
    stopped = true;
    stop.setAttribute("aria-disabled", "true");  // A disabled button would lose the focus
    stop.style.opacity = 0.5;
    model.set("stopped", true);
    model.save_changes();
  };
  image.style.maxWidth = "max(100%, 680px)";
  el.style.overflowX = "auto";
  row.style.cssText = "display:flex;gap:.8em;align-items:center;padding:.3em 0;" +
    "color:var(--jp-ui-font-color1)";
  row.append(stop, note);
  el.append(image, row);
  model.on("change", show);
  show();
  return () => model.off("change", show);
}
export default { render };
"""
"""An image runs no scripts and loads nothing, so a value stays data in the browser too."""


class Live(anywidget.AnyWidget):
    """A picture, a sentence and a note next to the Stop button; hidden once it is `over`."""

    _esm = BROWSER
    svg = Unicode().tag(sync=True)
    sentence = Unicode().tag(sync=True)
    note = Unicode().tag(sync=True)
    stopped = Bool(False).tag(sync=True)
    over = Bool(False).tag(sync=True)
    title = ""

    def __repr__(self) -> str:
        return (
            f"Live picture of {self.title}: it moves while the cell runs; its final state is below."
        )

    def _repr_mimebundle_(self, **kwargs):
        """Add words for where there is no kernel, such as GitHub."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {
            **data,
            "text/html": f"<em>{repr(self).replace('&', '&amp;').replace('<', '&lt;')}</em>",
        }, metadata
