#include "base/error.h"

#undef bp_fail

GQuark bp_error_quark (void)
{
    return g_quark_from_static_string ("boardpack-error");
}

bool bp_fail (GError **error, BpErrorCode code, const char *format, ...)
{
    va_list arguments;
    va_start (arguments, format);
    g_autofree char *message = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    g_set_error_literal (error, BP_ERROR, (gint)code, message);
    return false;
}
