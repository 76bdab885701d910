"use strict";
document.getElementById("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const problem = document.getElementById("problem");
  problem.textContent = "";
  try {
    const answer = await fetch("/login", {
      method: "POST",
      body: new URLSearchParams({ token: document.getElementById("token").value }),
    });
    if (answer.ok) {
      location.replace("/");
    } else {
      problem.textContent = (await answer.json()).problem;
    }
  } catch {
    problem.textContent = "the server does not answer";
  }
});
