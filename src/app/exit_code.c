#include "app/exit_code.h"

BpExitCode bp_exit_code_of_error (const GError *error)
{
    if (error->domain == G_OPTION_ERROR)
        return BP_EXIT_USAGE;
    if (error->domain != BP_ERROR)
        return BP_EXIT_FAILED;
    switch ((BpErrorCode)error->code)
    {
    case BP_ERROR_USAGE:
        return BP_EXIT_USAGE;
    case BP_ERROR_NO_PROGRAMME:
        return BP_EXIT_NO_PROGRAMME;
    case BP_ERROR_LOCKED:
        return BP_EXIT_LOCKED;
    case BP_ERROR_INTERRUPTED:
        return BP_EXIT_INTERRUPTED;
    case BP_ERROR_FAILED:
    case BP_ERROR_IO:
    case BP_ERROR_CONFIG:
    case BP_ERROR_DATA:
    case BP_ERROR_STORE:
    case BP_ERROR_RENDER:
    case BP_ERROR_DELIVERY:
        return BP_EXIT_FAILED;
    }
    return BP_EXIT_FAILED;
}
