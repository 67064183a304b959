// Plays a recorded run: a slider and a button. Without this script its last picture is shown.
document.querySelectorAll(".run").forEach((run) => {
  const frames = [...run.querySelectorAll("figure")];
  const controls = document.createElement("div");
  const button = document.createElement("button");
  const slider = document.createElement("input");
  const where = document.createElement("output");
  let timer = null;
  controls.className = "controls";
  button.type = "button";
  slider.type = "range";
  slider.min = 1;
  slider.max = frames.length;
  slider.value = 1;
  slider.setAttribute("aria-label", "Step of the recorded run");
  const show = (n) => {
    slider.value = n;
    frames.forEach((frame, at) => frame.classList.toggle("now", at === n - 1));
    where.textContent = `${n} of ${frames.length}`;
    slider.setAttribute("aria-valuetext", frames[n - 1].querySelector("figcaption").textContent);
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    button.textContent = "▶ Play";
  };
  button.onclick = () => {
    if (timer) return stop();
    if (+slider.value === frames.length) show(1);
    button.textContent = "❚❚ Pause";
    timer = setInterval(() => {
      if (+slider.value === frames.length) return stop();
      show(+slider.value + 1);
    }, 1100);
  };
  slider.oninput = () => {
    stop();
    show(+slider.value);
  };
  controls.append(button, slider, where);
  run.prepend(controls);
  run.classList.add("plays");
  stop();
  show(1);
});
