"use strict";

const EVERY = 3000; // Milliseconds between two updates
const rows = document.getElementById("rows"), note = document.getElementById("note");
const learner = document.getElementById("learner"), pictures = document.getElementById("pictures");
let opened = "";

/** Return the board's reply; if it refuses, throw its sentence. */
async function ask(address) {
  const answer = await fetch(address);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

/** Find the button of a learner. */
function button(user) {
  return [...rows.querySelectorAll("button")].find((each) => each.dataset.user === user);
}

/** Show the current rows, and keep the keyboard focus. */
async function look() {
  try {
    const text = await ask("rows");
    const focused = document.activeElement?.dataset.user;
    rows.innerHTML = text; // Made by the board, which escapes every text
    if (focused) button(focused)?.focus();
    note.textContent = "";
  } catch (error) {
    note.textContent = `${error.message} This is what was last seen.`;
  }
  if (opened) await draw(opened);
  setTimeout(look, EVERY);
}

/** Show a learner's pictures. */
async function draw(user) {
  let text;
  try {
    text = await ask(`learner?user=${encodeURIComponent(user)}`);
  } catch (error) {
    note.textContent = error.message;
    return;
  }
  if (user === opened && pictures.innerHTML !== text) pictures.innerHTML = text;
}

function close() {
  const user = opened;
  opened = "";
  learner.hidden = true;
  button(user)?.focus();
}

rows.addEventListener("click", async (event) => {
  const pressed = event.target.closest("button");
  if (!pressed) return;
  opened = pressed.dataset.user;
  learner.querySelector("h2").textContent = pressed.textContent;
  pictures.textContent = "";
  learner.hidden = false;
  learner.focus();
  await draw(opened);
});
document.getElementById("close").addEventListener("click", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened) close();
});
look();
