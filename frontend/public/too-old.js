/* In the words of browsers of long ago, on purpose: it speaks where the pages cannot start, so that nobody looks at nothing. */
(function () {
  var needed = {
    modules: 'noModule' in document.createElement('script'),
    allSettled: typeof Promise === 'function' && typeof Promise.allSettled === 'function',
    fromEntries: typeof Object.fromEntries === 'function',
    matchAll: typeof String.prototype.matchAll === 'function',
    flatMap: typeof Array.prototype.flatMap === 'function',
    globalThis: typeof globalThis === 'object',
    AbortController: typeof AbortController === 'function',
    formatToParts: typeof Intl === 'object' && typeof Intl.DateTimeFormat.prototype.formatToParts === 'function',
  };
  var zh = [
    '这台设备的浏览器打不开云格',
    '多半是系统或浏览器版本太旧。请把微信和手机系统更新到最新（至少 iOS 15，或安卓 WebView 87），也可以换一台手机。',
    '之前在这台手机上填写的内容没有丢失，能打开时会继续。',
  ];
  var en = [
    'This browser cannot open Yunge',
    'Most likely the system or the browser is too old. Update WeChat and the phone (at least iOS 15, or Android WebView 87), or take another phone.',
    'What was written on this phone is not lost; it goes on when the pages open again.',
  ];

  function language() {
    try {
      return localStorage.getItem('yunge.language') === 'en' ? en : zh;
    } catch (_) {
      return zh;
    }
  }

  function say(why) {
    var root = document.getElementById('root');
    if (!root || root.firstChild) return; // The pages have started: they speak for themselves.
    var words = language();
    var door = document.createElement('div');
    door.setAttribute('role', 'alert');
    door.style.cssText = 'max-width:32em;margin:15vh auto;padding:0 24px;font:16px/1.7 sans-serif;color:#1d2a31';
    for (var at = 0; at < words.length; at += 1) {
      var line = document.createElement(at === 0 ? 'h1' : 'p');
      line.style.cssText = at === 0 ? 'font-size:20px' : '';
      line.appendChild(document.createTextNode(words[at]));
      door.appendChild(line);
    }
    var detail = document.createElement('p');
    detail.style.cssText = 'color:#5c6b73;font-size:13px;word-break:break-all';
    detail.appendChild(document.createTextNode(why));
    door.appendChild(detail);
    root.appendChild(door);
  }

  function whenThere(work) {
    if (document.getElementById('root')) work();
    else document.addEventListener('DOMContentLoaded', work);
  }

  var missing = [];
  for (var name in needed) if (!needed[name]) missing.push(name);
  if (missing.length > 0) {
    // The pages look at this and do not begin what they cannot end.
    document.documentElement.setAttribute('data-too-old', missing.join(' '));
    whenThere(function () {
      say(missing.join(', '));
    });
  }

  // A script that this browser cannot read, or that ended before anything was drawn.
  window.addEventListener('error', function (event) {
    if (event.message)
      whenThere(function () {
        say(event.message);
      });
  });
  window.addEventListener('unhandledrejection', function (event) {
    whenThere(function () {
      say(String(event.reason));
    });
  });
})();
