/** False where `public/too-old.js` has found a browser that our pages do not run in, and has said so in their place. */
export const canStart = () => !document.documentElement.hasAttribute('data-too-old');
