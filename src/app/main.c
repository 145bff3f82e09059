#include "app/command_line.h"

int main (int argc, char **argv)
{
    return bp_command_line_run (argc, argv);
}
