using System.Globalization;
using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

/// <summary>Whatever stands in a file, checking it ends in a result. Set ATLAS_TEST_SEED to replay a run.</summary>
public sealed class AnyTextTests : IDisposable
{
    private const int Rounds = 400;
    private const string Pieces = "\n :-[]{}&*!|>'\"#%@`,?<~0123456789aelnrtuy\t\0é\uFFFD";

    private readonly Workplace _place = new();

    [Theory]
    [InlineData("ledger-bot.yaml")]
    [InlineData("ledger-bot.json")]
    public void A_file_with_random_changes_is_either_valid_or_told_what_is_wrong(string sample)
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("ATLAS_TEST_SEED") ?? Random.Shared.Next().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var random = new Random(seed);
        var original = Sample.Text(sample);
        var invalid = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var text = Changed(original, random);
            try
            {
                var check = _place.Check(text, sample);
                Assert.Equal(check.IsValid, check.Configuration is not null);
                Assert.All(check.Errors, error => Assert.NotEqual("", error.Message));
                invalid += check.IsValid ? 0 : 1;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}, round {round}, text:\n{text}", error);
            }
        }

        Assert.True(invalid > Rounds / 4, $"seed {seed}: only {invalid} texts were invalid");
    }

    private static string Changed(string text, Random random)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var start = random.Next(text.Length);
            var length = random.Next(Math.Min(12, text.Length - start));
            var put = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            text = text[..start] + put + text[(start + length)..];
        }

        return text;
    }

    public void Dispose() => _place.Dispose();
}
