using Atlas.Cli.Config;
using Atlas.Cli.Output;
using Atlas.Configuration;
using Atlas.Configuration.Checking;

namespace Atlas.Cli.Run.Cluster;

/// <summary>A configuration with which an agent can be run.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="FullPath">Where it is: the silo has a working folder of its own.</param>
/// <param name="Check">Every value in force.</param>
internal sealed record RunConfiguration(string File, string FullPath, ConfigurationCheck Check)
{
    /// <summary>The blocks.</summary>
    public AtlasConfiguration Value => Check.Configuration!;

    /// <summary>The blocks of a file whose faults are told in one sentence.</summary>
    /// <exception cref="CommandFailedException">There is no such file, or something in it is wrong.</exception>
    public static AtlasConfiguration Read(string file)
    {
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = [ConfigurationArguments.Existing(file)],
            Profile = ConfigurationProfile.Agent,
        });
        return check.Configuration ?? throw new CommandFailedException(
            ExitCode.CannotStart, $"{file} is no valid configuration of an agent: {check.Errors[0].Sentence}");
    }

    /// <exception cref="CommandFailedException">There is no such file, or something in it is wrong; every fault has been told.</exception>
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
                ExitCode.CannotStart, $"{file} is no valid configuration of an agent, so nothing was run; put the above right first.");
    }
}
