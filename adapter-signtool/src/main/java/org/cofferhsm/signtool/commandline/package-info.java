/** SignTool's command line: its verbs, options, files and complaints, before anything is done. */
@NullMarked
package org.cofferhsm.signtool.commandline;

import org.jspecify.annotations.NullMarked;
