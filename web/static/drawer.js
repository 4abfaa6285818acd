// The drawer of filters on a phone stays open while filters are chosen: each choice is a page of its own.
(() => {
	const drawer = document.querySelector("details.facets");
	if (!drawer) return;
	const key = "drawer";
	try {
		drawer.open = sessionStorage.getItem(key) === "1";
		drawer.addEventListener("toggle", () => sessionStorage.setItem(key, drawer.open ? "1" : "0"));
	} catch {
		// Without storage it closes, as it does without script.
	}
})();
