// The colours that were chosen last, before the first paint. Storage may be forbidden; then the system's choice stands.
(() => {
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen === 'light' || chosen === 'dark') {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // nothing was chosen
  }
})();
