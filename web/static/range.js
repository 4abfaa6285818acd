// A range of dates is drawn over the bars of the histogram: from the bar where the pointer goes down to the one where it is let go.
// Without script each bar is a link, and two fields take a range.
for (const svg of document.querySelectorAll(".histogram svg")) {
	const form = svg.closest(".histogram").querySelector("form.range");
	const bars = [...svg.querySelectorAll("a[data-from]")];
	if (!form || bars.length < 2) continue;
	const shade = document.createElementNS(svg.namespaceURI, "rect");
	shade.setAttribute("class", "shade");
	shade.setAttribute("height", "78");
	const least = 4; // units of the drawing: less is a click on a bar
	let begin = null, now = 0;
	const at = (e) => new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
	const ends = () => [Math.min(begin, now), Math.max(begin, now)];
	const of = (bar) => bar.querySelector("rect");
	const met = () => {
		const [left, right] = ends();
		return bars.filter((b) => {
			const x = +of(b).getAttribute("x");
			return x < right && x + +of(b).getAttribute("width") > left;
		});
	};
	const stop = () => {
		begin = null;
		shade.remove();
	};
	svg.addEventListener("pointerdown", (e) => {
		if (e.button !== 0 || e.pointerType === "touch") return; // a finger scrolls
		begin = now = at(e);
	});
	svg.addEventListener("dragstart", (e) => e.preventDefault());
	svg.addEventListener("pointermove", (e) => {
		if (begin === null) return;
		now = at(e);
		if (Math.abs(now - begin) < least) return;
		svg.setPointerCapture(e.pointerId);
		const [left, right] = ends();
		shade.setAttribute("x", left);
		shade.setAttribute("width", right - left);
		svg.prepend(shade);
	});
	svg.addEventListener("pointercancel", stop);
	svg.addEventListener("pointerup", () => {
		if (begin === null) return;
		const chosen = Math.abs(now - begin) < least ? [] : met();
		stop();
		if (chosen.length === 0) return;
		svg.addEventListener("click", (e) => e.preventDefault(), { capture: true, once: true });
		form.elements.from.value = chosen[0].dataset.from;
		form.elements.to.value = chosen.at(-1).dataset.from;
		form.requestSubmit();
	});
}
