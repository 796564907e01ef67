(function () {
  "use strict";
  var number = /^[^\d.+-]*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/i;
  function value(row, column) {
    var text = row.cells[column] ? row.cells[column].textContent.trim() : "";
    var found = number.exec(text);
    return { text: text, number: found ? parseFloat(found[1]) : NaN };
  }
  function compare(one, other, isNumeric, sign) {
    if (!isNumeric) {
      return sign * one.text.localeCompare(other.text);
    }
    if (isNaN(one.number) || isNaN(other.number)) {
      return isNaN(one.number) - isNaN(other.number);
    }
    return sign * (one.number - other.number);
  }
  function sort(table, column, heading) {
    var body = table.tBodies[0];
    var isDown = heading.getAttribute("aria-sort") === "ascending";
    var isNumeric = table.classList.contains("n" + (column + 1));
    var rows = Array.prototype.map.call(body.rows, function (row, place) {
      return { row: row, place: place, value: value(row, column) };
    });
    rows.sort(function (one, other) {
      return compare(one.value, other.value, isNumeric, isDown ? -1 : 1) || one.place - other.place;
    });
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) {
      cell.removeAttribute("aria-sort");
    });
    heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    rows.forEach(function (one) { body.appendChild(one.row); });
  }
  function addFilter(table) {
    var field = document.createElement("input");
    field.type = "search";
    field.className = "filter";
    field.placeholder = document.body.dataset.find;
    field.setAttribute("aria-label", document.body.dataset.find);
    field.addEventListener("input", function () {
      var wanted = field.value.toLowerCase();
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        row.hidden = row.textContent.toLowerCase().indexOf(wanted) < 0;
      });
    });
    table.parentNode.insertBefore(field, table);
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (heading, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.textContent = "";
      heading.appendChild(button);
      button.addEventListener("click", function () { sort(table, column, heading); });
    });
    if (table.tBodies[0].rows.length > 30) {
      addFilter(table);
    }
  });
  function open(all) {
    document.querySelectorAll("details").forEach(function (fold) {
      if (all) {
        fold.dataset.was = fold.open ? "open" : "";
        fold.open = true;
      } else {
        fold.open = fold.dataset.was === "open";
      }
    });
  }
  window.addEventListener("beforeprint", function () { open(true); });
  window.addEventListener("afterprint", function () { open(false); });
  function follow() {
    var target = document.getElementById(location.hash.slice(1));
    for (; target; target = target.parentElement) {
      if (target.tagName === "DETAILS") {
        target.open = true;
      }
    }
  }
  window.addEventListener("hashchange", follow);
  follow();
}());
