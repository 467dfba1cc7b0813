using System.Collections;
using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Cli.Config;
using Atlas.Cli.Output;
using Atlas.Configuration;
using Atlas.Configuration.Checking;
using Atlas.Learning.Options;
using Atlas.Learning.Review;

namespace Atlas.Cli.Export;

/// <summary>The options that select the review statuses to export.</summary>
internal sealed class ExportSelection
{
    private const string RequireApproval = "ATLAS_REVIEW_REQUIRE_APPROVAL";
    private const string StatusesKey = "runtime_safety.review.default_export_statuses";

    private readonly Option<string[]> _include = new("--include-status")
    {
        Description = "Also include sessions with this review status; repeatable.",
        HelpName = "STATUS",
    };

    private readonly Option<bool> _all = new("--include-all-statuses") { Description = "Include sessions of every review status, even quarantined ones." };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A configuration whose runtime_safety.review selects what is exported.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_include);
        command.Add(_all);
        command.Add(_config);
    }

    /// <summary>Returns the review statuses in lowercase; empty for all.</summary>
    /// <exception cref="CommandFailedException">The file is missing or invalid; every fault has been reported.</exception>
    public ImmutableArray<string> Read(ParseResult arguments, Terminal terminal)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
        var (options, written) = Configured(arguments.GetValue(_config), variables, terminal);
        return ExportStatuses.Resolve(
            written ? options.Review.DefaultExportStatuses : null,
            variables.GetValueOrDefault(ExportStatuses.Variable),
            options.Review.RequireApproval,
            arguments.GetValue(_include) ?? [],
            arguments.GetValue(_all));
    }

    private static (RuntimeSafetyOptions Options, bool StatusesAreWritten) Configured(
        string? file, Dictionary<string, string> variables, Terminal terminal)
    {
        // Statuses in a variable have their own rules here and are applied after the file; without a file, an export is not concerned with
        // the rest of the configuration.
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = file is null ? [] : [ConfigurationArguments.Existing(file)],
            Profile = ConfigurationProfile.Cluster,
            Environment = variables.Where(variable => file is null ? variable.Key == RequireApproval : variable.Key != ExportStatuses.Variable)
                .ToDictionary(StringComparer.Ordinal),
        });
        ProblemSheet.Write(check, terminal);
        return check.Configuration is { } configuration
            ? (configuration.RuntimeSafety, check.Values.Any(
                value => value.Path.StartsWith(StatusesKey, StringComparison.Ordinal) && value.Source.Kind == ValueSourceKind.File))
            : throw new CommandFailedException(
                ExitCode.Failed, $"{file} is not a valid configuration, so nothing was exported. Correct the problems above first.");
    }
}
