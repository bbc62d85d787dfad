namespace Sluice.Core.Docs;

/// <summary>The script of <see cref="DocsPage"/>: the search, and the edges of the box that is pointed at.</summary>
/// <remarks>It has no less-than sign and no ampersand, so that the page stays well-formed XML.</remarks>
internal static class DocsScript
{
    public const string Text = """

        (function () {
          var all = function (what) { return Array.from(document.querySelectorAll(what)); };
          var box = document.getElementById('search'), none = document.getElementById('none');
          var sections = all('[data-search]'), entries = all('[data-for]'), graph = document.getElementById('graph');
          function find() {
            var words = box.value.toLowerCase().split(/\s+/).filter(Boolean), away = new Set();
            sections.forEach(function (section) {
              var text = section.getAttribute('data-search');
              section.hidden = !words.every(function (word) { return text.includes(word); });
              if (section.hidden) away.add(section.id);
            });
            entries.forEach(function (entry) { entry.classList.toggle('away', away.has(entry.getAttribute('data-for'))); });
            none.hidden = away.size !== sections.length || sections.length === 0;
          }
          document.getElementById('search-line').hidden = false;
          box.addEventListener('input', find);
          window.addEventListener('hashchange', function () {
            var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
            if (!target) return;
            if (!target.hidden) return;
            box.value = '';
            find();
            target.scrollIntoView();
          });
          function light(id) {
            graph.classList.toggle('lit', id !== null);
            all('.edge').forEach(function (edge) {
              edge.classList.toggle('near', [edge.getAttribute('data-from'), edge.getAttribute('data-to')].includes(id));
            });
          }
          all('.graph .box').forEach(function (node) {
            ['mouseenter', 'focus'].forEach(function (on) {
              node.addEventListener(on, function () { light(node.getAttribute('data-for')); });
            });
            ['mouseleave', 'blur'].forEach(function (on) { node.addEventListener(on, function () { light(null); }); });
          });
        })();

        """;
}
