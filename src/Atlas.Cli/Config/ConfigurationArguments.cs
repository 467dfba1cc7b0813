using Atlas.Cli.Invocation;
using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Configuration;

namespace Atlas.Cli.Config;

/// <summary>Which configuration a command is about.</summary>
internal sealed class ConfigurationArguments(bool filesRequired)
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "YAML or JSON files; a later one goes before an earlier one, and the environment goes before all of them.",
        Arity = filesRequired ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _profile = new Option<string>("--profile")
    {
        Description = "What it is for: to run a silo, or an agent, for which the blocks agent, teacher and rim must be there.",
        DefaultValueFactory = _ => "cluster",
    }.OneOf("cluster", "agent");

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_profile);
    }

    /// <param name="arguments">The command line.</param>
    /// <param name="otherwise">The file to read if none is named; null for none.</param>
    /// <exception cref="CommandFailedException">There is no such file.</exception>
    public ConfigurationRequest Read(ParseResult arguments, string? otherwise)
    {
        ImmutableArray<string> named = [.. arguments.GetValue(_files) ?? []];
        return new ConfigurationRequest
        {
            Files = [.. (named.IsEmpty && otherwise is not null ? [otherwise] : named).Select(Existing)],
            Profile = arguments.GetRequiredValue(_profile) == "agent" ? ConfigurationProfile.Agent : ConfigurationProfile.Cluster,
        };
    }

    /// <summary>The file, if it is there.</summary>
    /// <exception cref="CommandFailedException">It is not there, or is a folder.</exception>
    public static string Existing(string file) => File.Exists(file)
        ? file
        : throw new CommandFailedException(
            ExitCode.NotFound,
            Directory.Exists(file) ? $"{file} is a folder; a configuration is a YAML or JSON file." : $"There is no file {file}.");
}
