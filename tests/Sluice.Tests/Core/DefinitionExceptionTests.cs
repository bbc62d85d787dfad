using Sluice.Core;

namespace Sluice.Tests.Core;

public sealed class DefinitionExceptionTests
{
    [Fact]
    public void It_names_every_problem_with_file_line_and_hint()
    {
        var wrong = new DefinitionException([
            new("sluice.yaml", 3, "'kind' is missing.", "Write it."),
            new("models/a.sql", 0, "it is empty."),
        ]);

        Assert.Equal("sluice.yaml:3: 'kind' is missing.\n    Write it.\nmodels/a.sql: it is empty.", wrong.Message);
        Assert.Equal(wrong.Message, wrong.Problem);
        Assert.Null(wrong.Hint);
        Assert.Equal(2, wrong.Diagnostics.Count);
    }

    [Fact]
    public void An_arguments_problem_lies_in_no_file()
    {
        var wrong = new DefinitionException("'x' is no date.", "Write it as 2015-05-01.");

        Assert.Equal("'x' is no date.\n    Write it as 2015-05-01.", wrong.Message);
        Assert.Equal(("'x' is no date.", "Write it as 2015-05-01."), (wrong.Problem, wrong.Hint));
        Assert.Empty(wrong.Diagnostics);
    }
}
