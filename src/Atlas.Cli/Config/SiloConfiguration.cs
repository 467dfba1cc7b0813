using Atlas.Cli.Output;
using Atlas.Configuration;

namespace Atlas.Cli.Config;

/// <summary>The configuration file that a silo is started with.</summary>
internal static class SiloConfiguration
{
    /// <summary>Checks the file before anything is started with it.</summary>
    /// <returns>Its full path: the silo has a working folder of its own.</returns>
    /// <exception cref="CommandFailedException">It is not there, or something in it is wrong; every fault has been told.</exception>
    public static string Demand(string file, Terminal terminal)
    {
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = [ConfigurationArguments.Existing(file)],
            Profile = ConfigurationProfile.Cluster,
        });
        ProblemSheet.Write(check, terminal);
        return check.IsValid
            ? Path.GetFullPath(file)
            : throw new CommandFailedException(
                ExitCode.CannotStart, $"{file} is no valid configuration, so nothing was started; put the above right first.");
    }
}
