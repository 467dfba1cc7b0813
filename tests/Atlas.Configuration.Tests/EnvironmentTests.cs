using Atlas.Configuration.Agents;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Tests.Support;
using Atlas.Domain;

namespace Atlas.Configuration.Tests;

public sealed class EnvironmentTests : IDisposable
{
    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Fact]
    public void A_variable_goes_before_the_file_and_is_named_as_the_source()
    {
        _place.Variables["Atlas__Learning__HistoryLimit"] = "33";

        var check = _place.Check("learning:\n  history_limit: 8\n  enabled: false\n");

        Assert.Equal(33, check.Configuration!.Learning.HistoryLimit);
        Assert.False(check.Configuration.Learning.Enabled);
        Assert.Equal(
            ValueSource.Variable("Atlas__Learning__HistoryLimit"),
            Assert.Single(check.Values, value => value.Path == "learning.history_limit").Source);
    }

    [Theory]
    [InlineData("Atlas__RuntimeSafety__Drift__ZThreshold")]
    [InlineData("ATLAS__RUNTIME_SAFETY__DRIFT__Z_THRESHOLD")]
    [InlineData("atlas__runtime_safety__drift__zthreshold")]
    public void Neither_case_nor_single_underscores_count(string variable)
    {
        _place.Variables[variable] = "2.5";

        Assert.Equal(2.5, _place.Load("").RuntimeSafety.Drift.ZThreshold);
    }

    [Theory]
    [InlineData("Atlas__Silo__Name")]
    [InlineData("Atlas__Http__Port")]
    [InlineData("Atlas__Api__AdminKey")]
    [InlineData("Atlas__Tls__Certificate")]
    [InlineData("ATLAS__CLIENT__GATEWAYS__0")]
    [InlineData("Atlas__ClusterId")]
    public void What_a_process_reads_itself_is_no_fault_of_the_configuration(string variable)
    {
        _place.Variables[variable] = "x";

        var check = _place.Check("");

        Assert.True(check.IsValid, check.ToString());
    }

    [Fact]
    public void A_whole_agent_can_come_from_variables()
    {
        using var place = new Workplace();
        place.Variables["Atlas__Agent__Type"] = "http_api";
        place.Variables["Atlas__Agent__Name"] = "a";
        place.Variables["Atlas__Agent__SystemPrompt"] = "s";
        place.Variables["Atlas__Agent__Transport__BaseUrl"] = "https://agent.test/x";
        place.Variables["Atlas__Agent__Transport__Headers__X-Team"] = "ops";
        place.Variables["Atlas__Agent__Tools__0__Name"] = "t";
        place.Variables["Atlas__Agent__Tools__0__Description"] = "d";
        place.Variables["Atlas__Agent__Tools__0__Parameters__AdditionalProperties"] = "true";
        place.Variables["Atlas__Agent__ResultPath__0"] = "data";
        place.Variables["Atlas__Agent__ResultPath__1"] = "answer";
        place.Variables["Atlas__Teacher__Llm__Model"] = "m";
        place.Variables["Atlas__Rim__SmallModel__Model"] = "m";
        place.Variables["Atlas__Rim__LargeModel__Model"] = "m";

        var check = ConfigurationLoader.Check(place.Request());

        Assert.True(check.IsValid, check.ToString());
        var agent = Assert.IsType<HttpAgentOptions>(check.Configuration!.Agent);
        Assert.Equal("ops", agent.Transport.Headers["X-Team"]);
        Assert.Equal(["data", "answer"], agent.ResultPath);
        Assert.True(Assert.Single(agent.Tools).Parameters.AdditionalProperties);
    }

    [Fact]
    public void A_numbered_variable_replaces_one_item_of_a_list()
    {
        _place.Variables["Atlas__Learning__Schema__CueTypes__1"] = "predicate";
        _place.Variables["Atlas__Learning__Schema__CueTypes__2"] = "keyword";

        Assert.Equal(["regex", "predicate", "keyword"], _place.Load("learning: { schema: { cue_types: [regex, keyword] } }").Learning.Schema.CueTypes);
    }

    [Theory]
    [InlineData("Atlas__Learning__Schema__CueTypes__5", "regex", "learning.schema.cue_types[5] leaves a gap")]
    [InlineData("Atlas__Learning__HistoryLimits", "5", "learning.HistoryLimits is not a known key; did you mean history_limit?")]
    [InlineData("Atlas__Learning__HistoryLimit", "500", "learning.history_limit is \"500\", but must be a whole number from 1 to 200.")]
    [InlineData("Atlas__Learning", "5", "learning is \"5\", but must be a block of keys.")]
    [InlineData("Atlas__Learning__", "5", "a part of the name is empty")]
    public void A_wrong_variable_is_named(string variable, string value, string expected)
    {
        _place.Variables[variable] = value;

        Assert.StartsWith($"environment variable {variable}: {expected}", _place.TheError("learning: {}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_spellings_of_one_variable_are_an_error()
    {
        _place.Variables["Atlas__Learning__Enabled"] = "true";
        _place.Variables["Atlas__Learning__enabled"] = "false";

        Assert.Contains("sets the same key as environment variable Atlas__Learning__Enabled", _place.TheError(""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_file_goes_before_an_earlier_one()
    {
        var check = ConfigurationLoader.Check(_place.Request(
            _place.File("appsettings.json", """{ "Atlas": { "Learning": { "HistoryLimit": 3, "Gates": { "MaxTextLength": 200 } } } }"""),
            _place.File("atlas.yaml", "learning: { injection_mode: suffix, history_limit: 4 }")));

        Assert.Equal(4, check.Configuration!.Learning.HistoryLimit);
        Assert.Equal(200, check.Configuration.Learning.Gates.MaxTextLength);
        Assert.Equal(InjectionMode.Suffix, check.Configuration.Learning.PlaybookInjectionMode);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData(" FALSE ", false)]
    [InlineData("Off", false)]
    [InlineData("no", true)]
    [InlineData("1", true)]
    [InlineData("", true)]
    public void The_switches_are_off_only_for_three_words(string text, bool expected)
    {
        _place.Variables["ATLAS_DRIFT_ENABLED"] = text;
        _place.Variables["ATLAS_REVIEW_REQUIRE_APPROVAL"] = text;

        var safety = _place.Load($"runtime_safety: {{ drift: {{ enabled: {(expected ? "false" : "true")} }}, review: {{ require_approval: {(expected ? "false" : "true")} }} }}").RuntimeSafety;

        Assert.Equal((expected, expected), (safety.Drift.Enabled, safety.Review.RequireApproval));
    }

    [Theory]
    [InlineData("ATLAS_DRIFT_WINDOW", " 40 ", "runtime_safety.drift.window", "40")]
    [InlineData("ATLAS_DRIFT_WINDOW", "0", "runtime_safety.drift.window", "1", true)]
    [InlineData("ATLAS_DRIFT_WINDOW", "5000", "runtime_safety.drift.window", "1000", true)]
    [InlineData("ATLAS_DRIFT_Z_THRESHOLD", "2.25", "runtime_safety.drift.z_threshold", "2.25")]
    [InlineData("ATLAS_DRIFT_Z_THRESHOLD", "-1", "runtime_safety.drift.z_threshold", "0", true)]
    [InlineData("ATLAS_DRIFT_MIN_BASELINE", "7", "runtime_safety.drift.min_baseline", "7")]
    [InlineData("ATLAS_DRIFT_MIN_BASELINE", "-7", "runtime_safety.drift.min_baseline", "0", true)]
    [InlineData("ATLAS_LEARNING_HISTORY_LIMIT", "25", "adaptive_teaching.learning_history_limit", "25")]
    [InlineData("ATLAS_LEARNING_HISTORY_LIMIT", "9000", "adaptive_teaching.learning_history_limit", "200", true)]
    [InlineData("ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES", " Approved , pending,,", "runtime_safety.review.default_export_statuses", "[\"approved\",\"pending\"]")]
    [InlineData("ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES", "pending, ALL", "runtime_safety.review.default_export_statuses", "[]")]
    public void A_short_variable_goes_before_the_file_and_the_long_variable(string variable, string text, string path, string expected, bool warns = false)
    {
        _place.Variables[variable] = text;
        _place.Variables["Atlas__" + path.Replace(".", "__", StringComparison.Ordinal) + (expected[0] == '[' ? "__0" : "")] = "3";

        var check = _place.Check("");

        var value = Assert.Single(check.Values, value => value.Path == path);
        Assert.Equal(expected, value.Value.GetRawText());
        Assert.Equal(ValueSource.Variable(variable), value.Source);
        Assert.Equal(warns ? [path] : [], check.Warnings.Select(warning => warning.Path));
    }

    [Theory]
    [InlineData("ATLAS_DRIFT_WINDOW", "many", "runtime_safety.drift.window", "50")]
    [InlineData("ATLAS_DRIFT_WINDOW", "2.5", "runtime_safety.drift.window", "50")]
    [InlineData("ATLAS_DRIFT_Z_THRESHOLD", "NaN", "runtime_safety.drift.z_threshold", "3")]
    [InlineData("ATLAS_DRIFT_MIN_BASELINE", "", "runtime_safety.drift.min_baseline", "5")]
    [InlineData("ATLAS_LEARNING_HISTORY_LIMIT", "0", "adaptive_teaching.learning_history_limit", "10")]
    [InlineData("ATLAS_LEARNING_HISTORY_LIMIT", "-4", "adaptive_teaching.learning_history_limit", "10")]
    public void A_short_variable_that_cannot_be_read_is_a_warning_and_changes_nothing(string variable, string text, string path, string kept)
    {
        _place.Variables[variable] = text;

        var check = _place.Check("");

        var value = Assert.Single(check.Values, value => value.Path == path);
        Assert.Equal(double.Parse(kept, System.Globalization.CultureInfo.InvariantCulture), value.Value.GetDouble());
        Assert.Equal(ValueSource.Default, value.Source);
        Assert.StartsWith($"environment variable {variable}: {path} keeps its value", Assert.Single(check.Warnings).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void No_export_statuses_in_the_variable_change_nothing()
    {
        _place.Variables["ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES"] = " , ";

        Assert.Equal(["pending"], _place.Load("runtime_safety: { review: { default_export_statuses: [pending] } }").RuntimeSafety.Review.DefaultExportStatuses);
    }

    [Fact]
    public void The_database_may_come_from_its_variable()
    {
        _place.Variables["ATLAS_DATABASE_URL"] = "postgresql://other.test/db";

        Assert.Equal("postgresql://other.test/db", _place.Load("storage: { database_url: 'postgresql://db.test/db' }").Storage!.DatabaseUrl);
        Assert.Equal("postgresql://other.test/db", _place.Load("").Storage!.DatabaseUrl);
    }

    [Fact]
    public void Other_variables_are_none_of_our_business()
    {
        _place.Variables["ATLAS_OFFLINE_MODE"] = "1";
        _place.Variables["ATLASX__LEARNING__ENABLED"] = "false";
        _place.Variables["PATH"] = "/bin";

        Assert.All(_place.Check("").Values, value => Assert.Equal(ValueSource.Default, value.Source));
    }

    public void Dispose() => _place.Dispose();
}
