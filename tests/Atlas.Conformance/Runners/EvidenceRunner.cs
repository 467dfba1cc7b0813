using System.Globalization;
using System.Text.Json;
using Atlas.Learning.Evidence;

namespace Atlas.Conformance.Runners;

/// <summary>Vectors of trials; <c>kind</c> says what a case is about. Unlike the others they are not the original's.</summary>
internal sealed class EvidenceRunner : VectorRunner
{
    private const string Salt = "s1";

    public override string File => "evidence";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings) => Run(vector, [vector], settings);

    public override IEnumerable<string> Run(JsonElement vector, IReadOnlyList<JsonElement> file, ConformanceSettings settings) => Text(vector, "kind") switch
    {
        "draw" => Draw(vector),
        "share" => Share(vector, [Text(vector, "entry")]),
        "share_both" => Share(vector, Texts(vector, "entries")),
        "score" => Score(vector),
        "evidence" => EvidenceWorld.Run(vector, file),
        "undo" => Undo(vector),
        "ebh" => Agree(vector, new { rejected = FalseDiscoveries.Controlled(Numbers(vector, "log_e"), Number(vector, "alpha")) }),
        "asymptotic" => Asymptotic(vector),
        "srm" => Agree(vector, new { log_e = SampleRatio.LogE(Whole(vector, "shown"), Whole(vector, "held"), Number(vector, "p")) }),
        "regression" => Regression(vector),
        var kind => [$"nobody runs cases of the kind {kind}"],
    };

    /// <summary>Compares what was computed with the members of those names.</summary>
    internal static IEnumerable<string> Agree<T>(JsonElement vector, T computed)
    {
        var actual = JsonSerializer.SerializeToElement(computed);
        return actual.EnumerateObject().SelectMany(member => vector.TryGetProperty(member.Name, out var expected)
            ? JsonComparison.Differences(expected, member.Value, member.Name)
            : [$"{member.Name}: the case does not say it"]);
    }

    internal static string Text(JsonElement value, string name, string? otherwise = null) =>
        value.TryGetProperty(name, out var member) || otherwise is null ? member.GetString()! : otherwise;

    internal static double Number(JsonElement value, string name, double? otherwise = null) =>
        value.TryGetProperty(name, out var member) || otherwise is null ? member.GetDouble() : otherwise.Value;

    internal static double[] Numbers(JsonElement value, string name) => [.. value.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];

    internal static int Whole(JsonElement value, string name) => value.GetProperty(name).GetInt32();

    /// <summary>The name of a session of a world, by its index from 0.</summary>
    internal static string Session(int index) => string.Create(CultureInfo.InvariantCulture, $"session:{index}");

    private static IEnumerable<string> Draw(JsonElement vector)
    {
        var draw = TrialDraw.Of(
            Text(vector, "purpose", TrialDraw.Withhold), Text(vector, "key"), Text(vector, "entry"), Text(vector, "salt"), Text(vector, "unit"));
        return Agree(vector, new { draw = draw.ToString(CultureInfo.InvariantCulture), withheld = TrialDraw.Falls(draw, Number(vector, "q")) });
    }

    private static IEnumerable<string> Share(JsonElement vector, string[] entries)
    {
        var ends = Text(vector, "units").Split("..").Select(end => end.LastIndexOf(':') is var colon ? (Head: end[..(colon + 1)], Index: long.Parse(end.AsSpan(colon + 1), CultureInfo.InvariantCulture)) : default).ToArray();
        var count = 0L;
        for (var index = ends[0].Index; index <= ends[1].Index; index++)
        {
            var unit = ends[0].Head + index.ToString(CultureInfo.InvariantCulture);
            count += entries.All(entry => TrialDraw.Falls(
                TrialDraw.Of(Text(vector, "purpose", TrialDraw.Withhold), Text(vector, "key"), entry, Text(vector, "salt"), unit), Number(vector, "q"))) ? 1 : 0;
        }

        return Agree(vector, new { withheld = count });
    }

    private static IEnumerable<string> Score(JsonElement vector)
    {
        var observation = new TrialObservation(vector.GetProperty("shown").GetBoolean(), Number(vector, "p"), Number(vector, "m"), Number(vector, "y"));
        return Agree(vector, new { z = observation.Score, s = observation.Weight });
    }

    private static IEnumerable<string> Undo(JsonElement vector)
    {
        var rows = vector.GetProperty("rows").EnumerateArray()
            .Select(row => new TrialObservation(row[0].GetBoolean(), row[1].GetDouble(), row[2].GetDouble(), row[3].GetDouble()));
        var evidence = rows.Aggregate(TrialEvidence.None, (sum, row) => sum.Add(row));
        var other = new TrialObservation(true, .5, .5, 0);
        var undone = evidence.Add(other).Remove(other);
        var differences = Agree(vector, new { log_e_help = evidence.LogHelp(), after_undo = undone.LogHelp() });
        return undone == evidence ? differences : differences.Append("the evidence is not the same to the last bit after a session was taken out");
    }

    private static IEnumerable<string> Asymptotic(JsonElement vector)
    {
        var (alpha, information) = (Number(vector, "alpha"), Number(vector, "information"));
        var bounds = AlwaysValidInterval.Of(Number(vector, "difference"), Number(vector, "standard_error"), alpha, information);
        return Agree(vector, new { rho = AlwaysValidInterval.Mixture(information, alpha), low = bounds.Low, high = bounds.High });
    }

    /// <summary>Rewards of 0 and 1 at a rate of 0.7 that falls to 0.5 after 150 sessions.</summary>
    private static IEnumerable<string> Regression(JsonElement vector)
    {
        var (alarm, expected, reward) = (RegressionAlarm.None, Number(vector, "m"), 0d);
        int? fired = null;
        for (var i = 0; i < Whole(vector, "n"); i++)
        {
            var draw = TrialDraw.Of("reward", Text(vector, "key", "regress"), "", Salt, Session(i));
            reward = TrialDraw.Falls(draw, i < 150 ? 0.7 : 0.5) ? 1 : 0;
            alarm = alarm.Add(expected, reward, Number(vector, "slack", 0.05));
            fired ??= alarm.Level >= Number(vector, "limit", 1000) ? i + 1 : null;
        }

        return Agree(vector, new { y = reward, r = alarm.Statistics, fired });
    }
}
