// A text that is there to be taken away gets a button that copies it; without script it is marked and copied by hand.
for (const text of document.querySelectorAll("[data-copy]")) {
	if (!navigator.clipboard) break; // only on https and on this machine
	const button = document.createElement("button");
	button.type = "button";
	button.textContent = text.dataset.copy;
	button.addEventListener("click", async () => {
		try {
			await navigator.clipboard.writeText(text.textContent);
			button.textContent = text.dataset.copied;
		} catch {
			getSelection().selectAllChildren(text);
		}
	});
	text.after(button);
}
