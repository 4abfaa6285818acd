package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strconv"
	grammar "text/template/parse"
)

// A page's template is html/template's, which finds out what stands where and how it is to be escaped there. It is not html/template that
// runs it: that looks each field up by its name and calls each function with reflection, 1.6 ms for a page of hits, a fifth of all it
// took. The types of a view are known before, so a tree whose escapers are in place is pressed into closures, once a page and type of view:
// fields are offsets, and what is escaped goes straight into the page. What the trees of our pages do not have is no part of it:
// a pipeline, a type or an escaper that is not known here is an error, of which TestTemplatesFitTheirViews tells.

// press makes plates of the templates of a page.
type press struct {
	from *template.Template
	made map[plateKey]*plate
	vars []variable // in sight, the last defined first found
	most int        // variables of the template that is being pressed
}

type plateKey struct {
	name string
	of   reflect.Type
}

// plate is a template for one type of dot.
type plate struct {
	steps []step
	vars  int
}

type step func(p *drawing, dot reflect.Value)

// drawing is a page on its way.
type drawing struct {
	out   *bytes.Buffer
	stack []reflect.Value // variables
	base  int             // of the template that runs
}

type variable struct {
	name string
	slot int
	of   reflect.Type
}

// value is something that a template speaks of.
type value struct {
	of  reflect.Type
	get func(p *drawing, dot reflect.Value) reflect.Value
}

// platesOf presses a template that draws a type. The escapers are put in place when a template is first executed.
func platesOf(t *template.Template, name string, of reflect.Type) (*plate, error) {
	_ = t.ExecuteTemplate(io.Discard, name, nil) // it may miss its fields
	return (&press{from: t, made: map[plateKey]*plate{}}).plate(name, of)
}

func (s *plate) print(out *bytes.Buffer, data any) {
	p := drawing{out: out, stack: make([]reflect.Value, 0, 64)}
	s.run(&p, reflect.ValueOf(data))
}

func (s *plate) run(p *drawing, dot reflect.Value) {
	base, n := p.base, len(p.stack)
	p.base = n
	for range s.vars {
		p.stack = append(p.stack, dot) // the first is «$»
	}
	for _, do := range s.steps {
		do(p, dot)
	}
	p.stack, p.base = p.stack[:n], base
}

func (c *press) plate(name string, of reflect.Type) (*plate, error) {
	key := plateKey{name, of}
	if s := c.made[key]; s != nil {
		return s, nil
	}
	t := c.from.Lookup(name)
	if t == nil || t.Tree == nil {
		return nil, fmt.Errorf("there is no template %s", name)
	}
	s := &plate{}
	c.made[key] = s // before its steps: a template may call itself
	inner := press{from: c.from, made: c.made, vars: []variable{{"$", 0, of}}, most: 1}
	var err error
	if s.steps, err = inner.list(t.Tree.Root, of); err != nil {
		return nil, fmt.Errorf("template %s of %v: %w", name, of, err)
	}
	s.vars = inner.most
	return s, nil
}

// list presses a list; what is defined in it is out of sight behind it.
func (c *press) list(l *grammar.ListNode, dot reflect.Type) (out []step, err error) {
	if l == nil {
		return nil, nil
	}
	defer func(n int) { c.vars = c.vars[:n] }(len(c.vars))
	for _, n := range l.Nodes {
		s, err := c.node(n, dot)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func (c *press) node(n grammar.Node, dot reflect.Type) (step, error) {
	switch n := n.(type) {
	case *grammar.TextNode:
		text := n.Text
		return func(p *drawing, _ reflect.Value) { p.out.Write(text) }, nil
	case *grammar.ActionNode:
		if len(n.Pipe.Decl) > 0 {
			return c.define(n.Pipe, dot)
		}
		return c.action(n.Pipe, dot)
	case *grammar.IfNode:
		return c.branch(&n.BranchNode, dot, nil)
	case *grammar.WithNode:
		v, err := c.plain(n.Pipe, dot)
		if err != nil {
			return nil, err
		}
		return c.branch(&n.BranchNode, dot, &v)
	case *grammar.RangeNode:
		return c.each(n, dot)
	case *grammar.TemplateNode:
		return c.call(n, dot)
	}
	return nil, fmt.Errorf("%s is not known", n)
}

// define presses «$x := …».
func (c *press) define(of *grammar.PipeNode, dot reflect.Type) (step, error) {
	v, err := c.command(of.Cmds, dot)
	if err != nil || len(of.Decl) != 1 || of.IsAssign {
		return nil, fmt.Errorf("%s is not known: %w", of, err)
	}
	slot := c.variable(of.Decl[0].Ident[0], v.of)
	return func(p *drawing, dot reflect.Value) { p.stack[p.base+slot] = v.get(p, dot) }, nil
}

func (c *press) variable(name string, of reflect.Type) (slot int) {
	slot = c.most
	c.most++
	c.vars = append(c.vars, variable{name, slot, of})
	return slot
}

// branch presses «if», and «with», whose value is dot inside.
func (c *press) branch(n *grammar.BranchNode, dot reflect.Type, with *value) (step, error) {
	holds, err := c.condition(n.Pipe.Cmds, dot)
	inside := dot
	if with != nil {
		inside = with.of
	}
	if err != nil {
		return nil, err
	}
	then, err := c.list(n.List, inside)
	if err != nil {
		return nil, err
	}
	other, err := c.list(n.ElseList, dot)
	if err != nil {
		return nil, err
	}
	return func(p *drawing, dot reflect.Value) {
		if !holds(p, dot) {
			for _, do := range other {
				do(p, dot)
			}
			return
		}
		if with != nil {
			dot = with.get(p, dot)
		}
		for _, do := range then {
			do(p, dot)
		}
	}, nil
}

// each presses «range» over a slice.
func (c *press) each(n *grammar.RangeNode, dot reflect.Type) (step, error) {
	over, err := c.command(n.Pipe.Cmds, dot)
	if err != nil {
		return nil, err
	}
	if over.of.Kind() != reflect.Slice {
		return nil, fmt.Errorf("%s is no slice", n.Pipe)
	}
	defer func(n int) { c.vars = c.vars[:n] }(len(c.vars))
	number, element := -1, -1
	switch d := n.Pipe.Decl; len(d) {
	case 0:
	case 2:
		number, element = c.variable(d[0].Ident[0], reflect.TypeFor[int]()), c.variable(d[1].Ident[0], over.of.Elem())
	default:
		return nil, fmt.Errorf("%s is not known", n.Pipe)
	}
	body, err := c.list(n.List, over.of.Elem())
	if err != nil {
		return nil, err
	}
	other, err := c.list(n.ElseList, dot)
	if err != nil {
		return nil, err
	}
	return func(p *drawing, dot reflect.Value) {
		all := over.get(p, dot)
		k := all.Len()
		for i := range k {
			x := all.Index(i)
			if number >= 0 {
				p.stack[p.base+number], p.stack[p.base+element] = reflect.ValueOf(i), x
			}
			for _, do := range body {
				do(p, x)
			}
		}
		if k == 0 {
			for _, do := range other {
				do(p, dot)
			}
		}
	}, nil
}

// call presses «template».
func (c *press) call(n *grammar.TemplateNode, dot reflect.Type) (step, error) {
	v := value{reflect.TypeFor[struct{}](), func(*drawing, reflect.Value) reflect.Value { return reflect.Value{} }}
	if n.Pipe != nil {
		var err error
		if v, err = c.plain(n.Pipe, dot); err != nil {
			return nil, err
		}
	}
	s, err := c.plate(n.Name, v.of)
	if err != nil {
		return nil, err
	}
	return func(p *drawing, dot reflect.Value) { s.run(p, v.get(p, dot)) }, nil
}

// plain is the value of a pipeline that is one command and defines nothing.
func (c *press) plain(of *grammar.PipeNode, dot reflect.Type) (value, error) {
	if len(of.Decl) > 0 {
		return value{}, fmt.Errorf("%s is not known", of)
	}
	return c.command(of.Cmds, dot)
}

func (c *press) command(of []*grammar.CommandNode, dot reflect.Type) (value, error) {
	if len(of) != 1 {
		return value{}, fmt.Errorf("%v is not known", of)
	}
	args := of[0].Args
	if f, ok := args[0].(*grammar.IdentifierNode); ok && f.Ident == "index" && len(args) == 3 {
		return c.index(args, dot)
	}
	if len(args) != 1 {
		return value{}, fmt.Errorf("%s is not known", of[0])
	}
	return c.operand(args[0], dot)
}

// index presses «index SLICE NUMBER».
func (c *press) index(args []grammar.Node, dot reflect.Type) (value, error) {
	v, err := c.operand(args[1], dot)
	i, ok := args[2].(*grammar.NumberNode)
	if err != nil || !ok || !i.IsInt || v.of.Kind() != reflect.Slice {
		return v, fmt.Errorf("index of %s is not known: %w", args[1], err)
	}
	return value{v.of.Elem(), func(p *drawing, dot reflect.Value) reflect.Value { return v.get(p, dot).Index(int(i.Int64)) }}, nil
}

func (c *press) operand(n grammar.Node, dot reflect.Type) (value, error) {
	here := value{dot, func(_ *drawing, dot reflect.Value) reflect.Value { return dot }}
	switch n := n.(type) {
	case *grammar.DotNode:
		return here, nil
	case *grammar.FieldNode:
		return fields(here, n.Ident)
	case *grammar.ChainNode:
		if of, ok := n.Node.(*grammar.PipeNode); ok {
			v, err := c.plain(of, dot)
			if err != nil {
				return v, err
			}
			return fields(v, n.Field)
		}
	case *grammar.VariableNode:
		for i := len(c.vars) - 1; i >= 0; i-- {
			if x := c.vars[i]; x.name == n.Ident[0] {
				return fields(value{x.of, func(p *drawing, _ reflect.Value) reflect.Value { return p.stack[p.base+x.slot] }}, n.Ident[1:])
			}
		}
	}
	return value{}, fmt.Errorf("%s is not known", n)
}

// fields goes from a struct, or a pointer to one, to its field, and on.
func fields(v value, names []string) (value, error) {
	for _, name := range names {
		from, of := v.get, v.of
		pointer := of.Kind() == reflect.Pointer
		if pointer {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			return v, fmt.Errorf("%v has no fields", v.of)
		}
		f, ok := of.FieldByName(name)
		if !ok || !f.IsExported() {
			return v, fmt.Errorf("%v has no field %s", v.of, name)
		}
		path := f.Index
		v = value{f.Type, func(p *drawing, dot reflect.Value) reflect.Value {
			x := from(p, dot)
			if pointer {
				x = x.Elem()
			}
			for _, i := range path {
				x = x.Field(i)
			}
			return x
		}}
	}
	return v, nil
}

type condition func(p *drawing, dot reflect.Value) bool

func (c *press) condition(of []*grammar.CommandNode, dot reflect.Type) (condition, error) {
	if len(of) != 1 {
		return nil, fmt.Errorf("%v is not known", of)
	}
	args := of[0].Args
	f, ok := args[0].(*grammar.IdentifierNode)
	if !ok || f.Ident == "index" {
		v, err := c.command(of, dot)
		if err != nil {
			return nil, err
		}
		return truth(v)
	}
	if f.Ident == "eq" && len(args) == 3 {
		v, err := c.operand(args[1], dot)
		s, ok := args[2].(*grammar.StringNode)
		if err != nil || !ok || v.of.Kind() != reflect.String {
			return nil, fmt.Errorf("%s is not known: %w", of[0], err)
		}
		return func(p *drawing, dot reflect.Value) bool { return v.get(p, dot).String() == s.Text }, nil
	}
	var parts []condition
	for _, a := range args[1:] {
		one := []*grammar.CommandNode{{Args: []grammar.Node{a}}}
		if in, ok := a.(*grammar.PipeNode); ok {
			one = in.Cmds
		}
		x, err := c.condition(one, dot)
		if err != nil {
			return nil, err
		}
		parts = append(parts, x)
	}
	switch {
	case f.Ident == "not" && len(parts) == 1:
		return func(p *drawing, dot reflect.Value) bool { return !parts[0](p, dot) }, nil
	case f.Ident == "and" || f.Ident == "or":
		decides := f.Ident == "or"
		return func(p *drawing, dot reflect.Value) bool {
			for _, x := range parts {
				if x(p, dot) == decides {
					return decides
				}
			}
			return !decides
		}, nil
	}
	return nil, fmt.Errorf("%s is not known", of[0])
}

// truth is what text/template takes a value for: false is what is empty.
func truth(v value) (condition, error) {
	switch v.of.Kind() {
	case reflect.Bool:
		return func(p *drawing, dot reflect.Value) bool { return v.get(p, dot).Bool() }, nil
	case reflect.String, reflect.Slice:
		return func(p *drawing, dot reflect.Value) bool { return v.get(p, dot).Len() > 0 }, nil
	case reflect.Int:
		return func(p *drawing, dot reflect.Value) bool { return v.get(p, dot).Int() != 0 }, nil
	case reflect.Pointer:
		return func(p *drawing, dot reflect.Value) bool { return !v.get(p, dot).IsNil() }, nil
	case reflect.Struct:
		return func(*drawing, reflect.Value) bool { return true }, nil
	}
	return nil, fmt.Errorf("%v is no condition", v.of)
}

// action presses what writes a value: the commands behind the first are html/template's escapers.
func (c *press) action(of *grammar.PipeNode, dot reflect.Type) (step, error) {
	first, how := of.Cmds[0], ""
	for _, x := range of.Cmds[1:] {
		f, ok := x.Args[0].(*grammar.IdentifierNode)
		if !ok || len(x.Args) != 1 {
			return nil, fmt.Errorf("%s is not known", of)
		}
		how += f.Ident
	}
	if f, ok := first.Args[0].(*grammar.IdentifierNode); ok && f.Ident == "marked" && len(first.Args) == 2 && how == escHTML {
		v, err := c.operand(first.Args[1], dot)
		if err != nil || v.of != reflect.TypeFor[[]run]() {
			return nil, fmt.Errorf("%s is not known: %w", first, err)
		}
		return func(p *drawing, dot reflect.Value) {
			for i, all := 0, v.get(p, dot); i < all.Len(); i++ {
				writeRun(p.out, run{all.Index(i).Field(0).String(), all.Index(i).Field(1).Bool()})
			}
		}, nil
	}
	v, err := c.command(of.Cmds[:1], dot)
	if err != nil {
		return nil, err
	}
	switch write := escapers[how]; {
	case how == escScript:
		return func(p *drawing, dot reflect.Value) { writeData(p.out, v.get(p, dot).Interface()) }, nil
	case how == escHTML && v.of == reflect.TypeFor[template.HTML]():
		return func(p *drawing, dot reflect.Value) { p.out.WriteString(v.get(p, dot).String()) }, nil
	case v.of.PkgPath() == "html/template" || v.of.Implements(reflect.TypeFor[fmt.Stringer]()) || v.of.Implements(reflect.TypeFor[error]()):
	case write != nil && v.of.Kind() == reflect.String:
		return func(p *drawing, dot reflect.Value) { write(p.out, v.get(p, dot).String()) }, nil
	case write != nil && v.of.Kind() == reflect.Int:
		return func(p *drawing, dot reflect.Value) { write(p.out, strconv.FormatInt(v.get(p, dot).Int(), 10)) }, nil
	}
	return nil, fmt.Errorf("%s of %v is not known", of, v.of)
}
