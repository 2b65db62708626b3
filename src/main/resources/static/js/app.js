// Starts what a page needs. Each behaviour is a module of its own; a page without script works, these make it quick.
import "./theme.js";
import "./focus.js";
import "./dialogs.js";
import "./keys.js";
import "./list-keys.js";
import "./palette.js";
import "./draft.js";
import "./timeout.js";
import "./update.js";
import "./codes.js";
import "./order.js";
import "./choose.js";
import "./document.js";
import "./print.js";
import "./note.js";
import "./bench.js";
