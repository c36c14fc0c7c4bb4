/** What SignTool prints, and when. */
@NullMarked
package org.cofferhsm.signtool.commandline.console;

import org.jspecify.annotations.NullMarked;
