using Atlas.Cli.Invocation;
using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Configuration;

namespace Atlas.Cli.Config;

/// <summary>The arguments that select a command's configuration.</summary>
internal sealed class ConfigurationArguments(bool filesRequired)
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "YAML or JSON files. Later files override earlier ones, and the environment overrides all of them.",
        Arity = filesRequired ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _profile = new Option<string>("--profile")
    {
        Description = "What the configuration is for: a silo, or an agent, which requires the blocks agent, teacher and rim.",
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

    /// <summary>Returns the file if it exists.</summary>
    /// <exception cref="CommandFailedException">The file does not exist, or is a folder.</exception>
    public static string Existing(string file) => File.Exists(file)
        ? file
        : throw new CommandFailedException(
            ExitCode.NotFound,
            Directory.Exists(file) ? $"{file} is a folder. Name a YAML or JSON file." : $"There is no file {file}.");
}
