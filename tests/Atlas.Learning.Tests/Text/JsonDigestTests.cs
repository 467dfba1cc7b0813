using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Text;
using Xunit;

namespace Atlas.Learning.Tests.Text;

public class JsonDigestTests
{
    [Theory]
    [InlineData("""{"b":1,"a":[true,null,1.0,0.1]}""", "964e74d081ca5552977c26fe30b74c08a4dc2567b751fb87747ef4510b62812e")]
    [InlineData("\"\"", "12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126")]
    [InlineData("""{"step": {"id": 1}}""", "747eab61bfaad134174962bfed25c401a0049028cb373ca58a08f00b6067fd69")]
    [InlineData("""{"\u00e9":"x/\n"}""", "df2bd5829754f16cf4abddc1c0642f73549f7ad3b863abc6ce32659e255d8d76")]
    [InlineData("{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    public void The_digest_is_the_one_of_the_specification(string json, string digest) => Assert.Equal(digest, JsonDigest.Of(JsonElement.Parse(json)));

    [Fact]
    public void Text_is_kept_but_for_what_JSON_must_escape() =>
        Assert.Equal("{\"a\":\"\u00e9\u007f\\u0001\\t\\\"\"}", JsonDigest.Write(JsonElement.Parse("""{"a":"\u00e9\u007f\u0001\t\""}""")));

    [Fact]
    public void What_lies_deeper_than_six_levels_is_text()
    {
        var deep = JsonNode.Parse("""{"1":{"2":{"3":{"4":{"5":{"6":{"7":1}}}}}}}""");

        var shallow = JsonDigest.Shallow(deep)!;

        Assert.Equal("""{"7":1}""", shallow["1"]!["2"]!["3"]!["4"]!["5"]!["6"]!.GetValue<string>());
        Assert.Equal(JsonDigest.Of(shallow), JsonDigest.Of(deep));
    }
}
