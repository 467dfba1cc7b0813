using Atlas.Cli.Config;
using Atlas.Cli.Output;
using Atlas.Configuration;
using Atlas.Configuration.Checking;

namespace Atlas.Cli.Run.Cluster;

/// <summary>A configuration with which an agent can be run.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="FullPath">Its full path, because the silo has its own working folder.</param>
/// <param name="Check">All effective values.</param>
internal sealed record RunConfiguration(string File, string FullPath, ConfigurationCheck Check)
{
    /// <summary>Gets the blocks.</summary>
    public AtlasConfiguration Value => Check.Configuration!;

    /// <summary>Reads the blocks of a file; its faults are reported in one sentence.</summary>
    /// <exception cref="CommandFailedException">The file is missing or invalid.</exception>
    public static AtlasConfiguration Read(string file)
    {
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = [ConfigurationArguments.Existing(file)],
            Profile = ConfigurationProfile.Agent,
        });
        return check.Configuration ?? throw new CommandFailedException(
            ExitCode.CannotStart, $"{file} is not a valid configuration of an agent: {check.Errors[0].Sentence}");
    }

    /// <exception cref="CommandFailedException">The file is missing or invalid; every fault has been reported.</exception>
    public static RunConfiguration Demand(string file, Terminal terminal)
    {
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = [ConfigurationArguments.Existing(file)],
            Profile = ConfigurationProfile.Agent,
        });
        ProblemSheet.Write(check, terminal);
        return check.IsValid
            ? new RunConfiguration(file, Path.GetFullPath(file), check)
            : throw new CommandFailedException(
                ExitCode.CannotStart, $"{file} is not a valid configuration of an agent, so nothing was run. Correct the problems above first.");
    }
}
