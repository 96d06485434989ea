// Light, dark, or as the system has it.

export function setUpTheme() {
  const root = document.documentElement;
  const radios = [...document.querySelectorAll('input[name="theme"]')];
  const current = root.dataset.theme ?? 'auto';
  for (const radio of radios) {
    radio.checked = radio.value === current;
    radio.addEventListener('change', () => choose(radio.value));
  }

  function choose(theme) {
    if (theme === 'auto') {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // it holds until the page is closed
    }
  }
}
