using Atlas.Cli.Output;
using Atlas.Configuration;

namespace Atlas.Cli.Config;

/// <summary>The configuration file that a silo is started with.</summary>
/// <param name="File">Its full path, because the silo has its own working folder.</param>
/// <param name="DatabaseUrl">The database that it names; null if it names none.</param>
internal sealed record SiloConfiguration(string File, string? DatabaseUrl)
{
    /// <summary>Checks the file before anything is started with it.</summary>
    /// <exception cref="CommandFailedException">The file is missing or invalid; every fault has been reported.</exception>
    public static SiloConfiguration Demand(string file, Terminal terminal)
    {
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = [ConfigurationArguments.Existing(file)],
            Profile = ConfigurationProfile.Cluster,
        });
        ProblemSheet.Write(check, terminal);
        return check.IsValid
            ? new SiloConfiguration(Path.GetFullPath(file), check.Configuration?.Storage?.DatabaseUrl)
            : throw new CommandFailedException(
                ExitCode.CannotStart, $"{file} is not a valid configuration, so nothing was started. Correct the problems above first.");
    }
}
